"""Pure numpy and scipy: who helps whom (`people`) and which pledge pays for what (`money`)."""
