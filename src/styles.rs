//! Design tokens: colours, radii and durations as custom properties.
//!
//! Components use nothing else, so that a theme is one block. How a component looks stands beside it, in a sheet of its own name;
//! the sheets are bundled into one file, which is a fifth of what the same rules weigh inside the WebAssembly.

use stylist::yew::Global;
use stylist::{StyleSource, css};
use yew::prelude::*;

/// The tokens, mounted for as long as they are rendered.
pub fn design_tokens() -> Html {
    html! { <Global css={tokens()} /> }
}

fn tokens() -> StyleSource {
    css!(
        r#"
        --stage: #0e1116;
        --surface-1: #161b22;
        --surface-2: #1f2630;
        --line: #323c49;
        --control-border: #5d6b7c;
        --text: #e9edf2;
        --text-muted: #a3afbd;
        --accent: #3ddc97;
        --on-accent: #06251a;
        --danger: #cf3238;
        --on-danger: #ffffff;
        --danger-text: #ff9592;
        --warning-text: #ffc53d;
        --focus: #7cc4ff;
        --radius-control: 8px;
        --radius-tile: 12px;
        --quick: 140ms;
        color-scheme: dark;

        @media (prefers-color-scheme: light) {
            --stage: #f3f5f8;
            --surface-1: #ffffff;
            --surface-2: #e9edf2;
            --line: #cfd6df;
            --control-border: #7a8696;
            --text: #141a21;
            --text-muted: #4f5b69;
            --accent: #0b7a52;
            --on-accent: #ffffff;
            --danger: #c62a2f;
            --on-danger: #ffffff;
            --danger-text: #b4232a;
            --warning-text: #8a5a00;
            --focus: #0b62d6;
            color-scheme: light;
        }

        @media (prefers-reduced-motion: reduce) {
            --quick: 0ms;
        }
        "#
    )
}
