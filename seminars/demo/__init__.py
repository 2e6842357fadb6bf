"""What the app adds to the demo country, one module for each noun."""
