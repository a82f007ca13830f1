//! Everybody's tile.

use std::rc::Rc;

use room::{Message, TileId, TileView};
use stylist::yew::styled_component;
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
#[styled_component]
pub fn VideoGrid(VideoGridProps { tiles, main, onpromote }: &VideoGridProps) -> Html {
    html! {
        <section id="video-container" aria-label={Message::Everybody.english()} class={classes!("col-md-6", css!(r#"
            display: grid;
            grid-template-columns: repeat(auto-fill, minmax(180px, 1fr));
            gap: 8px;
            align-content: start;
            min-width: 0;
            min-height: 0;
            overflow: auto;
        "#))}>
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

#[styled_component]
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
            data-own={own.to_string()}
            data-stream-id={view.stream.as_ref().map(|stream| stream.to_rc())}
            data-picture={view.picture.to_string()}
            class={classes!("stream-container", "col-md-6", "col-xs-6", css!(r#"
                position: relative;
                aspect-ratio: 16 / 9;
                cursor: pointer;
                border-radius: var(--radius-tile);

                .promote {
                    position: absolute;
                    inset: 0;
                    padding: 0;
                    background: none;
                    border: 2px solid transparent;
                    border-radius: var(--radius-tile);
                    cursor: pointer;
                }

                .promote:hover {
                    border-color: var(--control-border);
                }

                .promote[aria-pressed="true"] {
                    border-color: var(--accent);
                }
            "#))}
        >
            <Tile view={view.clone()} video_id={format!("video-{}", view.id.key())} {sound} />
            <button type="button" class="promote" aria-pressed={promoted.to_string()} aria-label={label}></button>
        </div>
    }
}
