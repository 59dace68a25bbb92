"""WHAT CAME IN: untrusted bytes to a draft floor, in a child process with limits."""
