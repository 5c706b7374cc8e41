"""NumPy by hand: forward and backward passes of the rows of bench/train/works.ts. Argument: the data file; threads are set by the environment."""
import sys

import numpy as np

from engine import load, serve
from numpy_layers import conv, dense, maxpool, norm, relu, sigmoid, softmax, tanh


def cross_entropy(z, t):
    y, _ = softmax(z)
    return -np.log((y * t).sum(1)).mean(), (y - t) / len(z)


def binary(z, t):
    z = z[:, 0]
    t = t.reshape(-1)
    return (np.maximum(z, 0) - z * t + np.log1p(np.exp(-abs(z)))).mean(), ((1 / (1 + np.exp(-z)) - t) / len(z))[:, None]



def mlp(p, x, t):
    d = {}
    z1, back1 = dense(x, p["h.dense.W"], p["h.dense.b"])
    h, gate = relu(z1)
    z, back2 = dense(h, p["z.W"], p["z.b"])
    loss, g = cross_entropy(z, t)
    g, d["z.W"], d["z.b"] = back2(g)
    g = gate(g)
    d["h.dense.W"], d["h.dense.b"] = g.T @ x, g.sum(0)
    return loss, d


def sheet_e(p, x, t):
    z1, _ = dense(x, p["W^(1)"])
    y1, back = sigmoid(z1)
    z2, back2 = dense(y1, p["W^(2)"])
    loss, g = cross_entropy(z2, t)
    g, w2, _ = back2(g)
    return loss, {"W^(1)": back(g).T @ x, "W^(2)": w2}


def images_last(x):
    return np.ascontiguousarray(x.transpose(1, 2, 3, 0))


def flat(x):
    return np.ascontiguousarray(x.reshape(-1, x.shape[3]).T)


def chain(p, x, t, convolutions, layers, loss_of):
    """Convolutions with pools, then dense layers."""
    d, backs = {}, []
    x = images_last(x)
    for k, (name, pad, pool) in enumerate(convolutions):
        x, back = conv(x, p[name + ".W"], p[name + ".b"], pad=pad)
        x, gate = relu(x)
        x, spread = maxpool(x) if pool else (x, lambda g: g)
        backs.append((name, k > 0, back, gate, spread))
    shape, x = x.shape, flat(x)
    dense_backs = []
    for k, name in enumerate(layers):
        x, back = dense(x, p[name + ".W"], p[name + ".b"])
        x, gate = relu(x) if k < len(layers) - 1 else (x, lambda g: g)
        dense_backs.append((name, back, gate))
    loss, g = loss_of(x, t)
    for name, back, gate in reversed(dense_backs):
        g, d[name + ".W"], d[name + ".b"] = back(gate(g))
    g = g.T.reshape(shape)
    for name, further, back, gate, spread in reversed(backs):
        g, d[name + ".W"], d[name + ".b"] = back(gate(spread(g)), further)
    return loss, d


def lenet(p, x, t):
    return chain(p, x, t, [("c1.conv", 0, True), ("c3.conv", 0, True), ("c5.conv", 0, False)], ["f6.dense", "z"], cross_entropy)


def sheet_a2(p, x, t):
    return chain(p, x, t, [("c1.conv", 2, False), ("c2.conv", 2, True)], ["d1.dense", "d2.dense", "y"], binary)


def resnet(p, x, t):
    d = {}

    def conv_bn(name, x, stride=1, further=True):
        c, back_c = conv(x, p[name + ".c.W"], stride=stride, pad=1)
        y, back_n = norm(c, p[name + ".gamma"][:, None, None, None], p[name + ".beta"][:, None, None, None], (1, 2, 3))

        def back(g):
            g, d[name + ".gamma"], d[name + ".beta"] = back_n(g)
            g, d[name + ".c.W"], _ = back_c(g, further)
            return g

        return y, back

    def residual(name, x, stride):
        a, back_a = conv_bn(name + ".a.conv_bn", x, stride)
        h, gate = relu(a)
        b, back_b = conv_bn(name + ".b", h)
        s, back_s = conv(x, p[name + ".s.W"], stride=stride) if stride > 1 else (x, None)
        y, gate_y = relu(b + s)

        def back(g):
            g = gate_y(g)
            by_s = g
            if back_s:
                by_s, d[name + ".s.W"], _ = back_s(g)
            return by_s + back_a(gate(back_b(g)))

        return y, back

    x, backs = images_last(x), []
    for name, further in (("c0.conv_bn", False), ("c1.conv_bn", True)):
        x, back = conv_bn(name, x, 1, further)
        x, gate = relu(x)
        backs += [back, gate]
    for name, stride in (("r1", 1), ("r2", 2), ("r3", 2)):
        x, back = residual(name, x, stride)
        backs.append(back)
    z, back = dense(x.mean((1, 2)).T, p["z.W"], p["z.b"])
    loss, g = cross_entropy(z, t)
    g, d["z.W"], d["z.b"] = back(g)
    g = np.broadcast_to((g.T / (x.shape[1] * x.shape[2]))[:, None, None, :], x.shape)
    for back in reversed(backs):
        g = back(g)
    return loss, d


def small(p, x, t):
    z1, _ = dense(x, p["w^[1]"])
    a, back = tanh(z1)
    z2, _ = dense(a, p["w^[2]"])
    y, back2 = sigmoid(z2)
    e = y[:, 0] - t
    g = back2((2 * e / len(x))[:, None])
    return (e * e).mean(), {"w^[2]": g.T @ a, "w^[1]": back(g @ p["w^[2]"]).T @ x}


def encoder(p, e, x, d):
    m = e + ".a.multihead_attention."
    n, length, width = x.shape
    split = lambda a: a.reshape(n, length, 4, 32).transpose(0, 2, 1, 3)
    join = lambda a: a.transpose(0, 2, 1, 3).reshape(n, length, width)
    (q, back_q), (k, back_k), (v, back_v) = (dense(x, p[m + "W_" + r], p[m + "b_" + r]) for r in "qkv")
    q, k, v = split(q), split(k), split(v)
    w, back_w = softmax(q @ k.swapaxes(2, 3) / np.float32(np.sqrt(32)))
    o, back_o = dense(join(w @ v), p[m + "W_o"], p[m + "b_o"])
    a, back_a = norm(x + o, p[e + ".a.gamma"], p[e + ".a.beta"], (2,))
    h1, back_1 = dense(a, p[e + ".h.dense.W"], p[e + ".h.dense.b"])
    h, gate = relu(h1)
    h2, back_2 = dense(h, p[e + ".dense.W"], p[e + ".dense.b"])
    y, back_y = norm(a + h2, p[e + ".gamma"], p[e + ".beta"], (2,))

    def back(g):
        g, d[e + ".gamma"], d[e + ".beta"] = back_y(g)
        gh, d[e + ".dense.W"], d[e + ".dense.b"] = back_2(g)
        ga, d[e + ".h.dense.W"], d[e + ".h.dense.b"] = back_1(gate(gh))
        g, d[e + ".a.gamma"], d[e + ".a.beta"] = back_a(g + ga)
        gu, d[m + "W_o"], d[m + "b_o"] = back_o(g)
        gu = split(gu)
        gs = back_w(gu @ v.swapaxes(2, 3)) / np.float32(np.sqrt(32))
        parts = {"q": (gs @ k, back_q), "k": (gs.swapaxes(2, 3) @ q, back_k), "v": (w.swapaxes(2, 3) @ gu, back_v)}
        for r, (gr, back_r) in parts.items():
            gx, d[m + "W_" + r], d[m + "b_" + r] = back_r(join(gr))
            g = g + gx
        return g

    return y, back


def transformer(p, x, t):
    d = {}
    y1, back1 = encoder(p, "e1", x, d)
    y2, back2 = encoder(p, "e2", y1, d)
    z, back = dense(y2.mean(1), p["z.W"], p["z.b"])
    loss, g = cross_entropy(z, t)
    g, d["z.W"], d["z.b"] = back(g)
    back1(back2(np.broadcast_to(g[:, None, :] / np.float32(x.shape[1]), y2.shape)))
    return loss, d


ROWS = {"a": mlp, "b": sheet_e, "c": lenet, "d": sheet_a2, "e": resnet, "f": small, "g": transformer}


def main(path):
    manifest, p, names = load(path)
    row, rate = ROWS[manifest["id"]], np.float32(manifest["rate"])
    x, t = p["x"], p["t"]

    def step(n):
        for _ in range(n):
            loss, d = row(p, x, t)
            for name in names:
                p[name] -= rate * d[name].reshape(p[name].shape)
        return loss

    serve(f"numpy {np.__version__}", step)


main(sys.argv[1])
