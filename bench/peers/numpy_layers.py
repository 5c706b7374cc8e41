"""Layers for NumPy by hand: each gives its result and the function from the result's gradient to the gradients of what it read."""
import numpy as np


def dense(x, w, b=None):
    y = x @ w.T
    if b is not None:
        y += b
    flat = lambda a: a.reshape(-1, a.shape[-1])
    return y, lambda g: (g @ w, flat(g).T @ flat(x), flat(g).sum(0))


def relu(x):
    y = np.maximum(x, 0)
    return y, lambda g: g * (y > 0)


def sigmoid(x):
    y = 1 / (1 + np.exp(-x))
    return y, lambda g: g * y * (1 - y)


def tanh(x):
    y = np.tanh(x)
    return y, lambda g: g * (1 - y * y)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    y = e / e.sum(-1, keepdims=True)
    return y, lambda g: y * (g - (g * y).sum(-1, keepdims=True))


def conv(x, w, b=None, stride=1, pad=0):
    """Images last, [C, H, W, N]: the patches are one matrix for the forward pass and for both gradients."""
    (f, c, kh, kw), n = w.shape, x.shape[3]
    p = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0))) if pad else x
    h, v = (p.shape[1] - kh) // stride + 1, (p.shape[2] - kw) // stride + 1
    tap = lambda a, i, j: a[:, i : i + stride * h : stride, j : j + stride * v : stride]
    patches = np.empty((c, kh, kw, h, v, n), np.float32)
    for i in range(kh):
        for j in range(kw):
            patches[:, i, j] = tap(p, i, j)
    patches = patches.reshape(c * kh * kw, -1)
    y = (w.reshape(f, -1) @ patches).reshape(f, h, v, n)
    if b is not None:
        y += b[:, None, None, None]

    def back(g, by_input=True):
        g = g.reshape(f, -1)
        gw, gb = (g @ patches.T).reshape(w.shape), g.sum(1)
        if not by_input:
            return None, gw, gb
        gp, dp = (w.reshape(f, -1).T @ g).reshape(c, kh, kw, h, v, n), np.zeros_like(p)
        for i in range(kh):
            for j in range(kw):
                tap(dp, i, j)[...] += gp[:, i, j]
        return dp[:, pad : dp.shape[1] - pad, pad : dp.shape[2] - pad] if pad else dp, gw, gb

    return y, back


def maxpool(x):
    """Windows of 2 x 2; the first of equal entries gets the gradient."""
    c, h, v, n = x.shape
    tiles = x.reshape(c, h // 2, 2, v // 2, 2, n).transpose(0, 1, 3, 5, 2, 4).reshape(c, h // 2, v // 2, n, 4)
    at = tiles.argmax(-1)[..., None]

    def back(g):
        d = np.zeros_like(tiles)
        np.put_along_axis(d, at, g[..., None], -1)
        return d.reshape(c, h // 2, v // 2, n, 2, 2).transpose(0, 1, 4, 2, 5, 3).reshape(x.shape)

    return np.take_along_axis(tiles, at, -1)[..., 0], back


def norm(x, gamma, beta, axes, eps=1e-5):
    """Batch and layer normalisation: over some axes; gamma and beta are shaped to fit."""
    d = x - x.mean(axes, keepdims=True)
    r = 1 / np.sqrt((d * d).mean(axes, keepdims=True) + eps)
    u = d * r
    to = lambda g: g.sum(tuple(k for k in range(x.ndim) if gamma.shape[k - x.ndim + gamma.ndim] == 1) if gamma.ndim == x.ndim else tuple(range(x.ndim - gamma.ndim)))

    def back(g):
        gu = g * gamma
        gx = r * (gu - gu.mean(axes, keepdims=True) - u * (gu * u).mean(axes, keepdims=True))
        return gx, to(g * u).reshape(-1), to(g).reshape(-1)

    return u * gamma + beta, back
