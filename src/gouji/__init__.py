"""gouji (勾稽) checks published Chinese final accounts for statements that cannot both be true."""

__version__ = "0.1.0"
