"""The desk: who is calling, which device, what is wrong, what now."""
