//! Everybody's tile.

use std::rc::Rc;

use room::{Message, TileId, TileView};
use yew::prelude::*;

use super::{Tile, VideoSound};

/// Props of [`VideoGrid`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct VideoGridProps {
    /// Everybody, in the order of their tiles.
    pub tiles: Rc<[TileView]>,
    /// Whoever is shown large.
    pub main: TileId,
    /// Somebody was picked to be shown large.
    pub onpromote: Callback<TileId>,
}

/// Everybody's tile. Each keeps its element for as long as its person is here.
#[component]
pub fn VideoGrid(VideoGridProps { tiles, main, onpromote }: &VideoGridProps) -> Html {
    html! {
        <section id="video-container" aria-label={Message::Everybody.english()} class="col-md-6 video-grid">
            { for tiles.iter().map(|view| html! {
                <GridTile
                    key={view.id.key()} view={view.clone()} promoted={view.id == *main} onpromote={onpromote.clone()}
                />
            }) }
        </section>
    }
}

#[derive(Clone, Debug, PartialEq, Properties)]
struct GridTileProps {
    view: TileView,
    promoted: bool,
    onpromote: Callback<TileId>,
}

#[component]
fn GridTile(GridTileProps { view, promoted, onpromote }: &GridTileProps) -> Html {
    let onclick = use_callback((view.id.clone(), onpromote.clone()), |_: MouseEvent, (tile, onpromote)| {
        onpromote.emit(tile.clone());
    });
    let own = view.id == TileId::Own;
    let sound = if own { VideoSound::Muted } else { VideoSound::Plays };
    let label = Message::Promote { name: view.name().as_ref().into() }.english();
    // A click anywhere on the tile promotes; for the keyboard and for screen readers there is a real button in it, whose
    // click bubbles up to the tile.
    html! {
        <div
            {onclick}
            data-own={if own { "true" } else { "false" }}
            data-stream-id={view.stream.as_ref().map(|stream| stream.to_rc())}
            data-picture={if view.picture { "true" } else { "false" }}
            class="stream-container col-md-6 col-xs-6 grid-tile"
        >
            <Tile view={view.clone()} video_id={format!("video-{}", view.id.key())} {sound} />
            <button type="button" class="promote" aria-pressed={if *promoted { "true" } else { "false" }} aria-label={label}></button>
        </div>
    }
}
