"""The sources of services: each reads its own form into `directory.service.Reading`."""
