"""The rules of the desk: plain frozen values in, values out. No framework, no I/O, never asks the time."""
