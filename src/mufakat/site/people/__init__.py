"""The persons who sign in: by a code sent to their e-mail address, or by a password where they set one."""
