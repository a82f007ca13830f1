use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use local_deployment::{Config, LocalDeployment};
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;

pub(crate) const SECRET: &str = "MY_SECRET";

/// A deployment on ports of its own.
pub(crate) struct Server {
    pub(crate) deployment: LocalDeployment,
    pub(crate) address: SocketAddr,
    pub(crate) http: reqwest::Client,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .unwrap();
        let address = listener.local_addr().unwrap();
        let mut config = Config::new(SECRET, format!("http://localhost:{}", address.port()));
        config.media_addresses = vec![IpAddr::from(Ipv4Addr::LOCALHOST)];
        let deployment = LocalDeployment::start(config).await.unwrap();
        let service = deployment
            .router()
            .into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self {
            deployment,
            address,
            http: reqwest::Client::new(),
        }
    }

    /// A request without credentials.
    pub(crate) fn anonymous(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("http://{}/openvidu/api{path}", self.address))
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.anonymous(method, path)
            .basic_auth("OPENVIDUAPP", Some(SECRET))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    pub(crate) async fn delete(&self, path: &str) -> StatusCode {
        self.request(Method::DELETE, path).send().await.unwrap().status()
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        self.request(Method::POST, path).json(body).send().await.unwrap()
    }

    pub(crate) async fn token(&self, session: &str) -> String {
        self.post("/sessions", &serde_json::json!({ "customSessionId": session }))
            .await;
        let path = format!("/sessions/{session}/connection");
        let connection: Value = self.post(&path, &Value::Null).await.json().await.unwrap();
        connection["token"].as_str().unwrap().to_owned()
    }
}
