"""Articles whose statements and mentions were marked by hand (README.md), and how findings are scored against them."""
