//! Serves the application client and hands out tokens; talks to an OpenVidu deployment over REST.
