//! Hooks: where components meet the shell. One hook a file.

mod use_call;
mod use_call_handle;

pub use use_call::use_call;
pub use use_call_handle::use_call_handle;
