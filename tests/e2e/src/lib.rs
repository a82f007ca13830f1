//! Calls between real browsers, against the real server: end-to-end tests and benchmark.
