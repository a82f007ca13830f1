//! Tiles in a real browser: nobody's `<video>` ever becomes somebody else's.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail so"
)]

use std::cell::RefCell;
use std::rc::Rc;

use openvidu_yew::components::{AttachMedia, AttachedMedia, MediaSource, VideoGrid, video_grid};
use room::{ConnectionId, Nickname, StreamId, TileId, TileView};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlVideoElement};
use yew::prelude::*;
use yew::scheduler;

wasm_bindgen_test_configure!(run_in_browser);

/// Media that only remembers what is attached where.
#[derive(Default)]
struct Recorder(Rc<RefCell<Vec<(TileId, HtmlVideoElement)>>>);

impl AttachMedia for Recorder {
    fn attach(&self, tile: &TileId, video: &HtmlVideoElement) -> Option<AttachedMedia> {
        let entry = (tile.clone(), video.clone());
        self.0.borrow_mut().push(entry.clone());
        Some(Box::new(Detach(Rc::clone(&self.0), entry)))
    }
}

struct Detach(
    Rc<RefCell<Vec<(TileId, HtmlVideoElement)>>>,
    (TileId, HtmlVideoElement),
);

impl Drop for Detach {
    fn drop(&mut self) {
        self.0.borrow_mut().retain(|entry| *entry != self.1);
    }
}

fn tile(name: &str) -> TileView {
    let id = if name == "own" {
        TileId::Own
    } else {
        TileId::Remote(ConnectionId::new(name))
    };
    TileView {
        id,
        stream: Some(StreamId::new(&format!("str_{name}"))),
        nickname: Some(Nickname::new(name)),
        picture: true,
        silent: false,
        trouble: None,
    }
}

#[derive(Clone, PartialEq, Properties)]
struct GridProps {
    names: Vec<&'static str>,
    media: MediaSource,
    onpromote: Callback<TileId>,
}

#[component]
fn Grid(
    GridProps {
        names,
        media,
        onpromote,
    }: &GridProps,
) -> Html {
    let grid = VideoGrid {
        tiles: names.iter().map(|name| tile(name)).collect(),
        main: TileId::Own,
        onpromote: onpromote.clone(),
    };
    html! {
        <ContextProvider<MediaSource> context={media.clone()}>
            { video_grid(&grid) }
        </ContextProvider<MediaSource>>
    }
}

struct Mounted {
    root: Element,
    handle: yew::AppHandle<Grid>,
    attached: Rc<RefCell<Vec<(TileId, HtmlVideoElement)>>>,
    props: GridProps,
}

impl Mounted {
    async fn new(names: &[&'static str], onpromote: Callback<TileId>) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let recorder = Recorder::default();
        let attached = Rc::clone(&recorder.0);
        let props = GridProps {
            names: names.to_vec(),
            media: MediaSource::new(Rc::new(recorder)),
            onpromote,
        };
        let handle = yew::Renderer::<Grid>::with_root_and_props(root.clone(), props.clone()).render();
        scheduler::flush().await;
        Self {
            root,
            handle,
            attached,
            props,
        }
    }

    async fn show(&mut self, names: &[&'static str]) {
        self.props.names = names.to_vec();
        self.handle.update(self.props.clone());
        scheduler::flush().await;
    }

    /// Each tile's name and element, top down.
    fn videos(&self) -> Vec<(String, HtmlVideoElement)> {
        let tiles = self.root.query_selector_all(".stream-container").unwrap();
        (0..tiles.length())
            .map(|index| {
                let tile: Element = tiles.item(index).unwrap().dyn_into().unwrap();
                let name = tile.query_selector("p").unwrap().unwrap().text_content().unwrap();
                let video = tile.query_selector("video").unwrap().unwrap().dyn_into().unwrap();
                (name.replace(" (you)", ""), video)
            })
            .collect()
    }

    /// Whose media each element got, which must be whoever's name stands on it.
    fn check_owners(&self) {
        let attached = self.attached.borrow();
        let videos = self.videos();
        assert_eq!(
            attached.len(),
            videos.len(),
            "every tile has its media once, and nobody else has any"
        );
        for (name, video) in videos {
            let (owner, _) = attached
                .iter()
                .find(|(_, attached)| *attached == video)
                .expect("media");
            assert_eq!(*owner, tile(&name).id);
        }
    }

    async fn close(self) {
        self.handle.destroy();
        scheduler::flush().await;
        assert!(
            self.attached.borrow().is_empty(),
            "media stays attached after unmounting"
        );
        self.root.remove();
    }
}

async fn removing(name: &'static str) {
    let all = ["own", "a", "b", "c"];
    let mut grid = Mounted::new(&all, Callback::noop()).await;
    grid.check_owners();
    let before = grid.videos();
    let rest: Vec<_> = all.into_iter().filter(|other| *other != name).collect();
    grid.show(&rest).await;
    let expected: Vec<_> = before.into_iter().filter(|(other, _)| other != name).collect();
    assert_eq!(grid.videos(), expected, "after {name} left");
    grid.check_owners();
    grid.close().await;
}

#[wasm_bindgen_test]
async fn removing_the_first_keeps_every_video_with_its_owner() {
    removing("a").await;
}

#[wasm_bindgen_test]
async fn removing_the_middle_one_keeps_every_video_with_its_owner() {
    removing("b").await;
}

#[wasm_bindgen_test]
async fn removing_the_last_keeps_every_video_with_its_owner() {
    removing("c").await;
}

#[wasm_bindgen_test]
async fn a_newcomer_between_others_changes_nobody() {
    let mut grid = Mounted::new(&["own", "a", "c"], Callback::noop()).await;
    let before = grid.videos();
    grid.show(&["own", "a", "b", "c"]).await;
    let after: Vec<_> = grid
        .videos()
        .into_iter()
        .filter(|(name, _)| name != "b")
        .collect();
    assert_eq!(after, before);
    grid.check_owners();
    grid.close().await;
}

#[wasm_bindgen_test]
async fn only_the_others_are_heard() {
    let grid = Mounted::new(&["own", "a"], Callback::noop()).await;
    let muted: Vec<_> = grid
        .videos()
        .into_iter()
        .map(|(name, video)| (name, video.muted()))
        .collect();
    assert_eq!(muted, [("own".to_owned(), true), ("a".to_owned(), false)]);
    grid.close().await;
}

#[wasm_bindgen_test]
async fn no_two_elements_share_an_id() {
    let grid = Mounted::new(&["own", "a", "b"], Callback::noop()).await;
    let mut ids: Vec<_> = grid.videos().into_iter().map(|(_, video)| video.id()).collect();
    assert!(ids.iter().all(|id| !id.is_empty()));
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
    grid.close().await;
}

#[wasm_bindgen_test]
async fn a_click_on_a_tile_promotes_it_once() {
    let promoted = Rc::new(RefCell::new(Vec::new()));
    let onpromote = {
        let promoted = Rc::clone(&promoted);
        Callback::from(move |tile: TileId| promoted.borrow_mut().push(tile))
    };
    let grid = Mounted::new(&["own", "a"], onpromote).await;
    let click = |selector: &str| {
        let element = grid.root.query_selector(selector).unwrap().unwrap();
        element.dyn_into::<web_sys::HtmlElement>().unwrap().click();
    };
    click(".stream-container:nth-child(2)");
    scheduler::flush().await;
    // The button in it is what the keyboard and screen readers use.
    click(".stream-container:nth-child(2) button");
    scheduler::flush().await;
    assert_eq!(*promoted.borrow(), [tile("a").id, tile("a").id]);
    grid.close().await;
}
