//! An embedded deployment that speaks the OpenVidu 2 protocol: sessions, signalling and a media server.
