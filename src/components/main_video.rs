//! Whoever is shown large.

use room::{Message, TileView};
use yew::prelude::*;

use super::{Tile, VideoSound};

/// Whoever is shown large. A second view of somebody who has a tile as well: that one plays the sound.
pub fn main_video(view: &TileView) -> Html {
    html! {
        <section id="main-video" aria-label={Message::MainVideo.english()} class="col-md-6 main-view">
            // A new person gets a new element: one that has shown our own picture stays muted for good.
            <Tile key={view.id.key()} view={view.clone()} video_id="video-main" sound={VideoSound::Muted} />
        </section>
    }
}
