// The openvidu-browser SDK as one module. Loading it sets one global, which the bindings import from.
import * as sdk from "openvidu-browser";

globalThis.OpenViduBrowser = sdk;
