"""The directory as an Open Referral UK 3.0 publisher: documents, lists, filters."""
