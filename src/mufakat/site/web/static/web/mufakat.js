// What a script can make easier. Every page works without it.
