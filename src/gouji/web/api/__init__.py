"""The HTTP API for programs, version 1 (接口): the same as the pages do, as JSON."""
