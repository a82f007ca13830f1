//! The theme of a session, over the design tokens of `tokens.css`.
//!
//! What changes the whole document for as long as something is there is a style of stylist's. All other looks stand in sheets beside
//! their components, bundled into one: a twelfth of what the same rules weigh as syntax trees inside the WebAssembly.

use stylist::{GlobalStyle, css};

/// Faces read best on a dark stage: the dark theme, whatever the person prefers elsewhere. Gone when dropped.
#[derive(Debug)]
pub struct StageTheme(GlobalStyle);

impl StageTheme {
    /// Puts it over the page's own theme. `None` where the browser takes no style: then that one stays, in which everything can be
    /// read as well.
    #[must_use]
    pub fn mount() -> Option<Self> {
        let theme = css!(
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
            color-scheme: dark;
            "#
        );
        GlobalStyle::new(theme).ok().map(Self)
    }
}

impl Drop for StageTheme {
    fn drop(&mut self) {
        self.0.unregister();
    }
}
