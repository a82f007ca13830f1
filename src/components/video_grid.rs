//! Everybody's tile.

use room::{Message, TileId, TileView};
use yew::prelude::*;

use super::{Tile, VideoSound};

/// What the grid is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct VideoGrid {
    /// Everybody, in the order of their tiles.
    pub tiles: Vec<TileView>,
    /// Whoever is shown large.
    pub main: TileId,
    /// Somebody was picked to be shown large.
    pub onpromote: Callback<TileId>,
}

/// Everybody's tile. Each keeps its element for as long as its person is here, and only those that changed are rendered again.
pub fn video_grid(
    VideoGrid {
        tiles,
        main,
        onpromote,
    }: &VideoGrid,
) -> Html {
    html! {
        <section id="video-container" aria-label={Message::Everybody.english()} class="col-md-6 video-grid">
            { for tiles.iter().map(|view| grid_tile(view, view.id == *main, onpromote)) }
        </section>
    }
}

fn grid_tile(view: &TileView, promoted: bool, onpromote: &Callback<TileId>) -> Html {
    let tile = view.id.clone();
    let onclick = onpromote.reform(move |_: MouseEvent| tile.clone());
    let own = view.id == TileId::Own;
    let sound = if own { VideoSound::Muted } else { VideoSound::Plays };
    let label = Message::Promote {
        name: view.name().as_ref().into(),
    }
    .english();
    let flag = |on: bool| if on { "true" } else { "false" };
    // A click anywhere on the tile promotes; for the keyboard and for screen readers there is a real button in it, whose
    // click bubbles up to the tile.
    html! {
        <div
            key={view.id.key()} {onclick} class="stream-container col-md-6 col-xs-6 grid-tile" data-own={flag(own)}
            data-stream-id={view.stream.as_ref().map(|stream| stream.to_rc())} data-picture={flag(view.picture)}
        >
            <Tile view={view.clone()} video_id={format!("video-{}", view.id.key())} {sound} />
            <button type="button" class="promote" aria-pressed={flag(promoted)} aria-label={label}></button>
        </div>
    }
}
