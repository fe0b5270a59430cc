"""What a text suggests for review: attributed statements, found by rules over a dependency parse.

Importing this package, or any module of it, loads no language model; ``language.parse`` does, once a process. That
belongs into the worker and into commands, never into a web request.
"""
