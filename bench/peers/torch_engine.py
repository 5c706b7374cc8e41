"""PyTorch, eager: the rows of bench/train/works.ts. Arguments: the data file and the number of threads."""
import sys

import torch
import torch.nn.functional as F

from engine import load, serve


def mlp(p, x):
    h = F.relu(F.linear(x, p["h.dense.W"], p["h.dense.b"]))
    return F.linear(h, p["z.W"], p["z.b"])


def sheet_e(p, x):
    return F.linear(torch.sigmoid(F.linear(x, p["W^(1)"])), p["W^(2)"])


def lenet(p, x):
    x = F.max_pool2d(F.relu(F.conv2d(x, p["c1.conv.W"], p["c1.conv.b"])), 2)
    x = F.max_pool2d(F.relu(F.conv2d(x, p["c3.conv.W"], p["c3.conv.b"])), 2)
    x = F.relu(F.conv2d(x, p["c5.conv.W"], p["c5.conv.b"])).flatten(1)
    x = F.relu(F.linear(x, p["f6.dense.W"], p["f6.dense.b"]))
    return F.linear(x, p["z.W"], p["z.b"])


def sheet_a2(p, x):
    x = F.relu(F.conv2d(x, p["c1.conv.W"], p["c1.conv.b"], padding=2))
    x = F.relu(F.conv2d(x, p["c2.conv.W"], p["c2.conv.b"], padding=2))
    x = F.max_pool2d(x, 2).flatten(1)
    x = F.relu(F.linear(x, p["d1.dense.W"], p["d1.dense.b"]))
    x = F.relu(F.linear(x, p["d2.dense.W"], p["d2.dense.b"]))
    return F.linear(x, p["y.W"], p["y.b"])


def norm(p, name, x):
    return F.batch_norm(x, None, None, p[name + ".gamma"], p[name + ".beta"], training=True, eps=1e-5)


def conv_bn(p, name, x, stride=1):
    return norm(p, name, F.conv2d(x, p[name + ".c.W"], stride=stride, padding=1))


def residual(p, name, x, stride=1):
    b = conv_bn(p, name + ".b", F.relu(conv_bn(p, name + ".a.conv_bn", x, stride)))
    return F.relu(b + (F.conv2d(x, p[name + ".s.W"], stride=stride) if stride > 1 else x))


def resnet(p, x):
    x = F.relu(conv_bn(p, "c0.conv_bn", x))
    x = F.relu(conv_bn(p, "c1.conv_bn", x))
    x = residual(p, "r3", residual(p, "r2", residual(p, "r1", x), 2), 2)
    return F.linear(x.mean((2, 3)), p["z.W"], p["z.b"])


def encoder(p, e, x):
    m = e + ".a.multihead_attention."
    heads = lambda k: F.linear(x, p[m + "W_" + k], p[m + "b_" + k]).unflatten(-1, (4, 32)).transpose(1, 2)
    u = F.scaled_dot_product_attention(heads("q"), heads("k"), heads("v")).transpose(1, 2).flatten(2)
    a = F.layer_norm(x + F.linear(u, p[m + "W_o"], p[m + "b_o"]), (128,), p[e + ".a.gamma"], p[e + ".a.beta"])
    h = F.linear(F.relu(F.linear(a, p[e + ".h.dense.W"], p[e + ".h.dense.b"])), p[e + ".dense.W"], p[e + ".dense.b"])
    return F.layer_norm(a + h, (128,), p[e + ".gamma"], p[e + ".beta"])


def transformer(p, x):
    return F.linear(encoder(p, "e2", encoder(p, "e1", x)).mean(1), p["z.W"], p["z.b"])


def small(p, x):
    return torch.sigmoid(F.linear(torch.tanh(F.linear(x, p["w^[1]"])), p["w^[2]"]))


cross_entropy = lambda z, t: F.cross_entropy(z, t)
squared = lambda z, t: ((t - z[:, 0]) ** 2).mean()
ROWS = {
    "a": (mlp, cross_entropy),
    "b": (sheet_e, cross_entropy),
    "c": (lenet, cross_entropy),
    "d": (sheet_a2, lambda z, t: F.binary_cross_entropy_with_logits(z, t)),
    "e": (resnet, cross_entropy),
    "f": (small, squared),
    "g": (transformer, cross_entropy),
}


def main(path, threads):
    torch.set_num_threads(threads)
    manifest, values, names = load(path)
    p = {k: torch.from_numpy(values[k]).requires_grad_() for k in names}
    parameters = list(p.values())
    forward, loss_of = ROWS[manifest["id"]]
    x, t = torch.from_numpy(values["x"]), torch.from_numpy(values["t"])
    if loss_of is cross_entropy:
        t = t.argmax(-1)
    optimiser = torch.optim.SGD(parameters, lr=manifest["rate"])

    def step(n):
        for _ in range(n):
            optimiser.zero_grad(set_to_none=True)
            loss = loss_of(forward(p, x), t)
            loss.backward()
            optimiser.step()
        return loss.item()

    # older versions do not say which instructions they use
    cpu = getattr(torch.backends, "cpu", None)
    serve(f"torch {torch.__version__}" + (f", {cpu.get_cpu_capability()}" if cpu else ""), step)


main(sys.argv[1], int(sys.argv[2]))
