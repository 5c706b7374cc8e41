"""The rate of sgemm of NumPy's BLAS: a step is one product of two matrices of 1024 x 1024. Argument: the number of threads, set by the environment."""
import numpy as np

from engine import serve

N = 1024
a, b, c = (np.random.default_rng(k).standard_normal((N, N), dtype=np.float32) for k in range(3))


def step(n):
    for _ in range(n):
        np.matmul(a, b, out=c)
    return c[0, 0]


config = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
serve(f"numpy {np.__version__}, {config['name']} {config.get('version', '')}", step)
