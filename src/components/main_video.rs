//! Whoever is shown large.

use room::{Message, TileView};
use stylist::yew::styled_component;
use yew::prelude::*;

use super::{Tile, VideoSound};

/// Props of [`MainVideo`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct MainVideoProps {
    /// Whoever is shown large.
    pub view: TileView,
}

/// Whoever is shown large. A second view of somebody who has a tile as well: that one plays the sound.
#[styled_component]
pub fn MainVideo(MainVideoProps { view }: &MainVideoProps) -> Html {
    html! {
        <section id="main-video" aria-label={Message::MainVideo.english()} class={classes!("col-md-6", css!(r#"
            min-width: 0;
            min-height: 0;
        "#))}>
            // A new person gets a new element: one that has shown our own picture stays muted for good.
            <Tile key={view.id.key()} view={view.clone()} video_id="video-main" sound={VideoSound::Muted} />
        </section>
    }
}
