"""Judges trade credentials with libtradeid_verify.so: python3 verify.py LIBRARY BUNDLE ANCHOR TEXT"""

import ctypes
import json
import sys
import time


class Bytes(ctypes.Structure):
    _fields_ = [("data", ctypes.c_char_p), ("length", ctypes.c_size_t)]

    @classmethod
    def of(cls, data):
        return cls(data, len(data))


class Verifier:
    """The library, loaded."""

    def __init__(self, path):
        library = ctypes.CDLL(path)
        library.tradeid_post_open.argtypes = [Bytes, ctypes.POINTER(Bytes), ctypes.c_size_t, ctypes.c_int64, ctypes.POINTER(ctypes.c_void_p)]
        library.tradeid_post_open.restype = ctypes.c_int32
        library.tradeid_post_sequence.argtypes = [ctypes.c_void_p]
        library.tradeid_post_sequence.restype = ctypes.c_int64
        library.tradeid_post_close.argtypes = [ctypes.c_void_p]
        library.tradeid_post_close.restype = None
        library.tradeid_verify.argtypes = [ctypes.c_void_p, Bytes, ctypes.c_int64, Bytes, ctypes.c_char_p, ctypes.c_size_t]
        library.tradeid_verify.restype = ctypes.c_int64
        library.tradeid_bundle_apply.argtypes = [
            Bytes, Bytes, ctypes.POINTER(Bytes), ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_size_t)]
        library.tradeid_bundle_apply.restype = ctypes.c_int32
        self.library = library

    def open(self, bundle, anchor, newest_sequence=0):
        return Post(self.library, bundle, anchor, newest_sequence)

    def apply(self, bundle, delta, anchor):
        """What became of it, and the new bundle file; none where the delta is refused."""
        length = ctypes.c_size_t()
        applied = ctypes.create_string_buffer(len(bundle) + len(delta) + 64)
        code = self.library.tradeid_bundle_apply(
            Bytes.of(bundle), Bytes.of(delta), ctypes.byref(Bytes.of(anchor)), 1, applied, len(applied), ctypes.byref(length))
        if code < 0:
            raise ValueError(f"tradeid_bundle_apply: {code}")
        return code, applied.raw[:length.value] if code == 0 else None


class Post:
    """A bundle in hand."""

    def __init__(self, library, bundle, anchor, newest_sequence):
        self.library = library
        self.handle = ctypes.c_void_p()
        code = library.tradeid_post_open(Bytes.of(bundle), ctypes.byref(Bytes.of(anchor)), 1, newest_sequence, ctypes.byref(self.handle))
        if code < 0:
            raise ValueError(f"tradeid_post_open: {code}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.library.tradeid_post_close(self.handle)
        self.handle = None

    def sequence(self):
        return self.library.tradeid_post_sequence(self.handle)

    def verify(self, text, at, policy=None):
        """The verdict; docs/verification.md says what is in it."""
        terms = json.dumps(policy).encode() if policy else b""
        room = 4096
        while True:
            verdict = ctypes.create_string_buffer(room)
            length = self.library.tradeid_verify(self.handle, Bytes.of(text.encode()), at, Bytes.of(terms), verdict, room)
            if length < 0:
                raise ValueError(f"tradeid_verify: {length}")
            if length < room:
                return json.loads(verdict.raw[:length])
            room = length + 1


if __name__ == "__main__":
    library, bundle, anchor, text = sys.argv[1:]
    with open(bundle, "rb") as bundle_file, open(anchor, "rb") as anchor_file:
        with Verifier(library).open(bundle_file.read(), anchor_file.read()) as post:
            print(json.dumps(post.verify(text.strip(), int(time.time())), ensure_ascii=False, indent=2))
