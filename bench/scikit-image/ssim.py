#!/usr/bin/env python3
"""SSIM of a 1920x1080 pair in scikit-image, with the settings of Wang et al. 2004: the peer of SsimBenchmark.

Needs Python 3, numpy and scikit-image (Debian: apt-get install python3-skimage).
Run beside the .NET benchmark, alternating: python3 bench/scikit-image/ssim.py [repetitions]
"""
import statistics
import sys
import time

import numpy
import scipy
import skimage
from skimage.metrics import structural_similarity

WIDTH, HEIGHT = 1920, 1080


def pair():
    """The same planes as SsimBenchmark makes: integers, so that both sides see equal values."""
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH].astype(numpy.int64)
    reference = (x * x * 3 + x * y * 5 + y * 7) // 61 % 256
    result = numpy.clip(reference + (x * 31 + y * 17) % 23 - 11, 0, 255)
    return result.astype(numpy.float64), reference.astype(numpy.float64)


def main():
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    result, reference = pair()
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        value = structural_similarity(
            reference, result, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255)
        times.append((time.perf_counter() - start) * 1000)
    print(f"scikit-image {skimage.__version__}, numpy {numpy.__version__}, scipy {scipy.__version__}")
    print(f"SSIM {value:.12f}, median {statistics.median(times):.1f} ms, least {min(times):.1f} ms of {repetitions}")


if __name__ == "__main__":
    main()
