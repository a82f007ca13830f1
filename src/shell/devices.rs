//! Opening camera and microphone.
//!
//! The app asks the browser itself rather than through the SDK: so it can ask while the SDK is still loading, knows exactly what
//! became of each device, and never asks twice to find out which one was missing.

use futures_channel::oneshot;
use js_sys::Reflect;
use room::{DeviceKind, DeviceState, OwnDevices};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    MediaDeviceInfo, MediaDeviceKind, MediaDevices, MediaStream, MediaStreamConstraints, PermissionState,
    PermissionStatus,
};

use super::live_track::LiveTrack;

/// The tutorial's picture: VGA at 30 frames per second, as a wish.
const IDEAL: [(&str, u32); 3] = [("width", 640), ("height", 480), ("frameRate", 30)];

/// What could be opened, and what became of each device.
#[derive(Debug, Default)]
pub(super) struct Opened {
    /// The camera's track.
    pub camera: Option<LiveTrack>,
    /// The microphone's track.
    pub microphone: Option<LiveTrack>,
    /// What became of each.
    pub states: OwnDevices,
}

/// Opens camera and microphone: both if possible, else whichever there is.
///
/// Asks once for both, so that there is one question. Only when that fails it asks for each alone, and only for those that need no
/// further question: a person who said no is not asked again.
pub(super) async fn open() -> Opened {
    let Some(devices) = media_devices() else {
        let states = OwnDevices {
            camera: DeviceState::Insecure,
            microphone: DeviceState::Insecure,
        };
        return Opened {
            states,
            ..Opened::default()
        };
    };
    match get_user_media(&devices, Some(&camera_wish(None)), true).await {
        Ok(tracks) => {
            let (camera, microphone) = (tracks.camera, tracks.microphone);
            let state = |track: &Option<LiveTrack>| {
                if track.is_some() {
                    DeviceState::Ok
                } else {
                    DeviceState::Failed
                }
            };
            let states = OwnDevices {
                camera: state(&camera),
                microphone: state(&microphone),
            };
            Opened {
                camera,
                microphone,
                states,
            }
        }
        Err(both) => open_each(&devices, both).await,
    }
}

async fn open_each(devices: &MediaDevices, both: DeviceState) -> Opened {
    let mut opened = Opened::default();
    for kind in [DeviceKind::Camera, DeviceKind::Microphone] {
        let answer = if both == DeviceState::Denied && needs_a_question(kind).await {
            Err(DeviceState::Denied)
        } else {
            ask_for(devices, kind).await
        };
        let (track, state) = match answer {
            Ok(track) => (Some(track), DeviceState::Ok),
            Err(state) => (None, state),
        };
        opened.states = opened.states.with(kind, state);
        match kind {
            DeviceKind::Camera => opened.camera = track,
            DeviceKind::Microphone => opened.microphone = track,
        }
    }
    opened
}

/// Opens one device alone: any camera, or the microphone.
///
/// # Errors
///
/// What became of it instead.
pub(super) async fn open_one(kind: DeviceKind) -> Result<LiveTrack, DeviceState> {
    ask_for(&media_devices().ok_or(DeviceState::Insecure)?, kind).await
}

async fn ask_for(devices: &MediaDevices, kind: DeviceKind) -> Result<LiveTrack, DeviceState> {
    let track = match kind {
        DeviceKind::Camera => {
            get_user_media(devices, Some(&camera_wish(None)), false)
                .await?
                .camera
        }
        DeviceKind::Microphone => get_user_media(devices, None, true).await?.microphone,
    };
    track.ok_or(DeviceState::Failed)
}

/// Whether the person has allowed both devices to this page for good, so that opening them asks nothing.
pub(super) async fn are_granted() -> bool {
    for name in ["camera", "microphone"] {
        if permission(name).await != Some(PermissionState::Granted) {
            return false;
        }
    }
    media_devices().is_some()
}

/// Opens one certain camera.
///
/// # Errors
///
/// What became of it instead.
pub(super) async fn open_camera(device_id: &str) -> Result<LiveTrack, DeviceState> {
    let devices = media_devices().ok_or(DeviceState::Insecure)?;
    get_user_media(&devices, Some(&camera_wish(Some(device_id))), false)
        .await?
        .camera
        .ok_or(DeviceState::Failed)
}

/// Asks the browser which devices there are, and forgets the answer.
///
/// Nobody is asked anything and no device is opened, but the part of the browser that does so is started: Chromium then opens the
/// camera within a third of the time.
pub(super) fn wake() {
    spawn_local(async {
        let _known = cameras().await;
    });
}

/// The ids of all cameras, in the browser's order.
pub(super) async fn cameras() -> Vec<String> {
    let Some(promise) = media_devices().and_then(|devices| devices.enumerate_devices().ok()) else {
        return Vec::new();
    };
    let Ok(list) = JsFuture::from(promise).await else {
        return Vec::new();
    };
    let infos = js_sys::Array::from(&list)
        .iter()
        .filter_map(|info| info.dyn_into::<MediaDeviceInfo>().ok())
        .collect::<Vec<_>>();
    infos
        .iter()
        .filter(|info| info.kind() == MediaDeviceKind::Videoinput)
        .map(MediaDeviceInfo::device_id)
        .collect()
}

/// The browser's devices; `None` on pages that it doesn't trust with any.
fn media_devices() -> Option<MediaDevices> {
    let devices = web_sys::window()?.navigator().media_devices().ok()?;
    (!devices.is_undefined()).then_some(devices)
}

/// Whether opening a device would put a question to the person, or is forbidden already.
async fn needs_a_question(kind: DeviceKind) -> bool {
    let name = match kind {
        DeviceKind::Camera => "camera",
        DeviceKind::Microphone => "microphone",
    };
    permission(name)
        .await
        .is_some_and(|state| state != PermissionState::Granted)
}

/// What the browser says about a permission; `None` where it doesn't tell.
async fn permission(name: &str) -> Option<PermissionState> {
    let descriptor = js_sys::Object::new();
    Reflect::set(&descriptor, &"name".into(), &name.into()).ok()?;
    let permissions = web_sys::window()?.navigator().permissions().ok()?;
    let status = JsFuture::from(permissions.query(&descriptor).ok()?).await.ok()?;
    Some(status.dyn_into::<PermissionStatus>().ok()?.state())
}

/// Constraints for a camera: any, or one certain one.
fn camera_wish(device_id: Option<&str>) -> JsValue {
    let wish = js_sys::Object::new();
    for (name, value) in IDEAL {
        set(&wish, name, &ideal(value));
    }
    if let Some(device_id) = device_id {
        let exact = js_sys::Object::new();
        set(&exact, "exact", &device_id.into());
        set(&wish, "deviceId", &exact);
    }
    wish.into()
}

fn ideal(value: u32) -> JsValue {
    let ideal = js_sys::Object::new();
    set(&ideal, "ideal", &value.into());
    ideal.into()
}

/// Sets a property that nothing guards, which can't fail.
fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _always_true = Reflect::set(object, &name.into(), value);
}

/// The tracks of one answer of the browser, stopped unless somebody takes them.
struct Tracks {
    camera: Option<LiveTrack>,
    microphone: Option<LiveTrack>,
}

/// `getUserMedia`. Can't be taken back once asked: if nobody waits for the answer any more, whatever it opens is closed at once.
async fn get_user_media(
    devices: &MediaDevices,
    video: Option<&JsValue>,
    audio: bool,
) -> Result<Tracks, DeviceState> {
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(video.unwrap_or(&JsValue::FALSE));
    constraints.set_audio(&audio.into());
    let promise = devices
        .get_user_media_with_constraints(&constraints)
        .map_err(|error| state_of(&error))?;
    let (sender, receiver) = oneshot::channel();
    spawn_local(async move {
        let answer = match JsFuture::from(promise).await {
            Ok(stream) => tracks_of(&stream),
            Err(error) => Err(state_of(&error)),
        };
        // An answer that nobody waits for comes back and is dropped here, which stops its tracks.
        let _unwanted = sender.send(answer);
    });
    receiver.await.unwrap_or(Err(DeviceState::Failed))
}

fn tracks_of(stream: &JsValue) -> Result<Tracks, DeviceState> {
    let stream: &MediaStream = stream.dyn_ref().ok_or(DeviceState::Failed)?;
    let first = |tracks: js_sys::Array| tracks.get(0).dyn_into().ok().map(LiveTrack::new);
    let camera = first(stream.get_video_tracks());
    if let Some(camera) = &camera {
        // Faces move: rather fewer details than fewer pictures. The SDK would say the same, and complain that nobody did.
        set(camera.raw(), "contentHint", &"motion".into());
    }
    Ok(Tracks {
        camera,
        microphone: first(stream.get_audio_tracks()),
    })
}

/// What an error of `getUserMedia` says about the device. Names as in the Media Capture specification.
fn state_of(error: &JsValue) -> DeviceState {
    let name = Reflect::get(error, &"name".into())
        .ok()
        .and_then(|name| name.as_string())
        .unwrap_or_default();
    match name.as_str() {
        "NotFoundError" | "OverconstrainedError" => DeviceState::None,
        "NotAllowedError" | "SecurityError" => DeviceState::Denied,
        "NotReadableError" | "AbortError" => DeviceState::Busy,
        _ => DeviceState::Failed,
    }
}
