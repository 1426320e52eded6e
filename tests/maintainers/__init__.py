"""What those who keep the facts work with: forms, workflows, owners."""
