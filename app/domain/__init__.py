"""The rules of the desk: standard library only, frozen data, no input or output, no clock."""
