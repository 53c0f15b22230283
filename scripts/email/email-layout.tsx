import { Body, Container, Head, Html, Section, Text } from "@react-email/components";
import { PLACES } from "../../lib/domain/templates/email-places";

/** What mail programs that know dark mode and classes add to the styles of the elements. */
const STYLES = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.content p, .content ul, .content ol { margin: 0 0 16px; }
.content h1, .content h2, .content h3 { margin: 0 0 12px; line-height: 1.3; }
.content a { color: #3d46c2; }
.content img { max-width: 100%; height: auto; }
@media (max-width: 600px) {
  .card { padding: 20px !important; border-radius: 0 !important; }
  .page > table > tbody > tr > td { padding: 0 !important; }
}
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #16171d !important; }
  .card { background-color: #1f2129 !important; border-color: #343744 !important; }
  .brand, .content { color: #e8e9ef !important; }
  .content a { color: #aab1ff !important; }
}
`;

const FONT = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/**
 * The one layout of every e-mail that a template writes: one column under the workspace's name, on every
 * width, in light and dark. Its words are places that `layOutEmail` fills.
 */
export function EmailLayout() {
  return (
    <Html lang={PLACES.locale}>
      <Head>
        <title>{PLACES.title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{STYLES}</style>
      </Head>
      <Body
        className="page"
        style={{ margin: 0, padding: "24px 12px", backgroundColor: "#f4f5f7", fontFamily: FONT }}
      >
        <Container
          className="card"
          style={{
            maxWidth: "560px",
            padding: "28px",
            borderRadius: "12px",
            border: "1px solid #e3e5ea",
            backgroundColor: "#ffffff",
          }}
        >
          <Text
            className="brand"
            style={{ margin: "0 0 20px", color: "#1b1d24", fontSize: "16px", fontWeight: 600 }}
          >
            {PLACES.brand}
          </Text>
          <Section
            className="content"
            style={{ color: "#1b1d24", fontSize: "15px", lineHeight: "1.55" }}
          >
            {PLACES.content}
          </Section>
        </Container>
      </Body>
    </Html>
  );
}
