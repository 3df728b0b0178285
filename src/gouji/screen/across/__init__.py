"""Checks across documents (跨文件核对): what one published report says against what another printed.

`paper` is a document as others see it; `pairs` says which belong together; `rules` state relations,
`gouji.check.judge` grades them, `telling` makes findings that name both documents and both places.
"""
