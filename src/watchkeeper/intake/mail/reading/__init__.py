"""Reading a mail: from bytes that anybody may have written to a ``Letter``, in a child process with limits."""
