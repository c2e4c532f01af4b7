"""A chapter over a grid of parameters: `hedging sweep`. Nothing of it is imported until it is asked for."""
