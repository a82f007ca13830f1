use std::cell::RefCell;

use futures_channel::oneshot;
use js_sys::Array;
use openvidu_browser_sys as sys;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::error::Error;
use crate::ids::DeviceId;
use crate::js;
use crate::options::PublisherOptions;
use crate::publisher::Publisher;
use crate::sdk::Sdk;
use crate::session::Session;

/// The entry point of the SDK, for one session and its publishers.
///
/// The SDK keeps one session in each `OpenVidu`, binds publishers to it, and closes the websocket of whichever
/// session is there when an earlier one has left. So each of these has exactly one session, made together with it. Make
/// another `OpenVidu` for another session: it costs nothing.
#[derive(Debug)]
pub struct OpenVidu {
    raw: sys::OpenVidu,
    session: RefCell<Option<sys::Session>>,
}

impl OpenVidu {
    /// Makes one. Nothing goes over the network yet. (`new OpenVidu()`)
    ///
    /// # Errors
    ///
    /// Fails when the SDK throws.
    pub fn new(sdk: &Sdk) -> Result<Self, Error> {
        let raw = sdk.construct()?;
        let session = raw.init_session().map_err(|error| Error::from_js(&error))?;
        Ok(Self {
            raw,
            session: RefCell::new(Some(session)),
        })
    }

    /// The SDK's object.
    #[must_use]
    pub fn as_raw(&self) -> &sys::OpenVidu {
        &self.raw
    }

    /// Stops the SDK from logging anything but errors, for the whole page. (`enableProdMode`)
    ///
    /// Call it first: otherwise the SDK writes tokens to the console.
    ///
    /// # Errors
    ///
    /// Fails when the SDK throws.
    pub fn enable_prod_mode(&self) -> Result<(), Error> {
        self.raw
            .enable_prod_mode()
            .map_err(|error| Error::from_js(&error))
    }

    /// The version of the SDK, such as `2.32.2`, when it tells. (`libraryVersion`, a hidden member)
    #[must_use]
    pub fn version(&self) -> Option<Box<str>> {
        js::some_text(&self.raw.library_version())
    }

    /// Whether the SDK knows this browser, by its user agent. (`checkSystemRequirements`)
    #[must_use]
    pub fn check_system_requirements(&self) -> bool {
        self.raw
            .check_system_requirements()
            .is_ok_and(|supported| supported.is_truthy())
    }

    /// Hands out the session of this `OpenVidu`. (`initSession`)
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] for the second call.
    pub fn init_session(&self) -> Result<Session, Error> {
        let raw = self.session.take().ok_or(Error::Busy)?;
        Session::new(raw, self.raw.clone())
    }

    /// Opens the sources that are not tracks already, and makes a publisher of them. (`initPublisherAsync`)
    ///
    /// There is no time limit: the browser may be asking a person. When the future is dropped, media that is granted
    /// later is stopped.
    ///
    /// # Errors
    ///
    /// [`Error::OpenVidu`] with the reason. Tracks given in the options remain open then: they are yours to stop.
    pub fn init_publisher(
        &self,
        options: &PublisherOptions,
    ) -> impl Future<Output = Result<Publisher, Error>> + use<> {
        let promise = self
            .raw
            .init_publisher_async(&JsValue::UNDEFINED, &options.to_js());
        let options = options.clone();
        let (sender, receiver) = oneshot::channel();
        spawn_local(async move {
            let result = match promise {
                Ok(promise) => JsFuture::from(promise).await,
                Err(error) => Err(error),
            };
            let publisher = match result {
                Ok(raw) => js::expect_class(raw, "initPublisherAsync gives a publisher")
                    .and_then(|raw| Publisher::new(raw, options)),
                Err(error) => Err(Error::from_js(&error)),
            };
            // If nobody waits any more, this drops the publisher, and so stops its tracks.
            let _ = sender.send(publisher);
        });
        async move {
            receiver.await.unwrap_or(Err(Error::UnexpectedSdk {
                what: "initPublisherAsync settles",
            }))
        }
    }

    /// The cameras and microphones of this machine. (`getDevices`)
    ///
    /// Labels are empty, and ids may be, until the person has allowed a device.
    ///
    /// # Errors
    ///
    /// Fails where the browser has no devices to offer, such as in a page that is neither HTTPS nor local.
    pub fn get_devices(&self) -> impl Future<Output = Result<Vec<Device>, Error>> + use<> {
        let promise = self.raw.get_devices();
        async move {
            let devices = match promise {
                Ok(promise) => JsFuture::from(promise).await,
                Err(error) => Err(error),
            }
            .map_err(|error| Error::from_js(&error))?;
            Ok(devices
                .dyn_ref::<Array>()
                .into_iter()
                .flat_map(Array::iter)
                .filter_map(|device| Device::from_js(&device))
                .collect())
        }
    }
}

/// A camera or microphone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Which of the two.
    pub kind: DeviceKind,
    /// Its id. (`deviceId`)
    pub id: DeviceId,
    /// Its name for people; empty until a device was allowed.
    pub label: Box<str>,
}

/// The two kinds of capture device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeviceKind {
    /// A microphone. (`audioinput`)
    AudioInput,
    /// A camera. (`videoinput`)
    VideoInput,
}

impl Device {
    fn from_js(device: &JsValue) -> Option<Self> {
        let kind = match js::text(&js::get(device, "kind")).as_ref() {
            "audioinput" => DeviceKind::AudioInput,
            "videoinput" => DeviceKind::VideoInput,
            _ => return None,
        };
        let id = DeviceId::new(&js::text(&js::get(device, "deviceId")));
        Some(Self {
            kind,
            id,
            label: js::text(&js::get(device, "label")),
        })
    }
}
