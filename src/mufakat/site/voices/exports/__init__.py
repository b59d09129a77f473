"""Everything that a consultation holds, as files, each as far as its reader may know it.

`scope` is the one rule that page, download and command line go by; `tables` says what stands in each file;
`files` puts them together; `writing` turns them into CSV and JSON.
"""
