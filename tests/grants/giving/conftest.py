from .files import PUBLISHED

# Not skipped but left out: small files that the tests make themselves prove the same rules.
collect_ignore = (
    []
    if PUBLISHED.is_dir()
    else [
        "test_published.py",
        "test_published_here.py",
        "test_official_schema.py",
    ]
)
