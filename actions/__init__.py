"""What the assistant does when asked: thin rasa-sdk actions over directory/ and handover/."""
