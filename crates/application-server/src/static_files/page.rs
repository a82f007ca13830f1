//! What the page is told before it is served.

/// The name of the page's `<meta>` element that says where the application server is.
pub(super) const APPLICATION_SERVER: &str = "application-server-url";

/// The name of the one that says where tokens lead, so that the page can connect while it waits for one.
pub(super) const DEPLOYMENT: &str = "openvidu-url";

/// The page with `content` in its `<meta>` element of this name, or nothing if it has no such element.
pub(super) fn tell(html: &str, name: &str, content: &str) -> Option<String> {
    let (start, element) = elements(html).find(|(_, element)| is_named(element, name))?;
    let (before, rest) = html.split_at_checked(start)?;
    let after = rest.get(element.len()..)?;
    Some(format!(
        "{before}<meta name=\"{name}\" content=\"{}\">{after}",
        escape(content)
    ))
}

/// All `<meta>` elements and where they start.
fn elements(html: &str) -> impl Iterator<Item = (usize, &str)> {
    html.match_indices("<meta ").filter_map(|(start, _)| {
        let rest = html.get(start..)?;
        let end = rest.find('>')?;
        Some((start, rest.get(..=end)?))
    })
}

fn is_named(element: &str, name: &str) -> bool {
    ['"', '\'']
        .iter()
        .any(|quote| element.contains(&format!(" name={quote}{name}{quote}")))
}

/// A text as the value of an attribute in double quotes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_element_changes() {
        let page = |element: &str| {
            format!(
                "<meta charset=\"utf-8\">\n{element}\n<meta name=\"other\" content=\"é\">\n<p>application-server-url</p>"
            )
        };
        let url = "https://example.org/back-end";
        for element in [
            "<meta name=\"application-server-url\" content=\"\">",
            "<meta name=\"application-server-url\" content=\"http://localhost:1\" />",
            "<meta content='' name='application-server-url'>",
        ] {
            let expected =
                page("<meta name=\"application-server-url\" content=\"https://example.org/back-end\">");
            assert_eq!(
                tell(&page(element), APPLICATION_SERVER, url),
                Some(expected),
                "{element}"
            );
        }
    }

    #[test]
    fn a_url_can_not_leave_its_attribute() {
        let page = tell(
            "<meta name=\"application-server-url\">",
            APPLICATION_SERVER,
            "https://a/\"><script>'&amp;",
        );
        assert_eq!(
            page.as_deref(),
            Some(
                "<meta name=\"application-server-url\" content=\"https://a/&quot;&gt;&lt;script&gt;'&amp;amp;\">"
            )
        );
    }

    #[test]
    fn a_page_without_the_element_is_told_nothing() {
        for html in [
            "",
            "<meta name=\"description\" content=\"application-server-url\">",
            "<meta name=\"application-server-url\"",
        ] {
            assert_eq!(tell(html, APPLICATION_SERVER, "https://a"), None, "{html}");
        }
    }
}
