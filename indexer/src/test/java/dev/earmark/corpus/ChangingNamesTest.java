package dev.earmark.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A name whose server answers differently each time it is asked: what is connected to is what was
 * checked. The name server is a real one, on this machine; 127.0.0.1 stands for a public address
 * and 127.0.0.2 for a private one.
 */
class ChangingNamesTest {
  private static final Fetcher.Limits LIMITS =
      new Fetcher.Limits(100_000, Duration.ofSeconds(5), Duration.ofSeconds(5));
  private static final String NAME = "feeds.example";

  @TempDir Path folder;
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<HttpServer> servers = new ArrayList<>();
  private NameServer names;

  /** Answers each question for an address with the next of some (RFC 1035), the last for good. */
  private static final class NameServer implements AutoCloseable {
    private final DatagramSocket socket;
    private final List<String> answers;
    private final AtomicInteger asked = new AtomicInteger();

    NameServer(String... answers) throws IOException {
      this.answers = List.of(answers);
      this.socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
      Thread.ofPlatform().daemon().start(this::serve);
    }

    private void serve() {
      byte[] buffer = new byte[512];
      while (!socket.isClosed()) {
        try {
          DatagramPacket question = new DatagramPacket(buffer, buffer.length);
          socket.receive(question);
          String next = answers.get(Math.min(asked.getAndIncrement(), answers.size() - 1));
          byte[] answer = new byte[question.getLength() + 16];
          System.arraycopy(buffer, 0, answer, 0, question.getLength());
          // A response with authority; one answer; no other sections.
          answer[2] = (byte) 0x84;
          answer[3] = 0;
          answer[7] = 1;
          answer[9] = 0;
          answer[11] = 0;
          byte[] record = {(byte) 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4};
          System.arraycopy(record, 0, answer, question.getLength(), record.length);
          byte[] address = InetAddress.getByName(next).getAddress();
          System.arraycopy(address, 0, answer, question.getLength() + record.length, 4);
          socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
        } catch (IOException e) {
          // Closed: nobody asks any more.
          return;
        }
      }
    }

    /** Asks by the JDK's client of the name system. */
    List<InetAddress> resolve(String host) throws UnknownHostException {
      Hashtable<String, String> settings = new Hashtable<>();
      settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
      settings.put("java.naming.provider.url", "dns://127.0.0.1:" + socket.getLocalPort());
      try {
        Attribute found =
            new InitialDirContext(settings).getAttributes(host, new String[] {"A"}).get("A");
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
          addresses.add(InetAddress.getByName(found.get(i).toString()));
        }
        return addresses;
      } catch (NamingException e) {
        throw new UnknownHostException(host + ": " + e);
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    HttpServer open = serve("127.0.0.1", 0);
    serve("127.0.0.2", open.getAddress().getPort());
  }

  private HttpServer serve(String address, int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String path = exchange.getRequestURI().getPath();
            seen.add(address + path + " for " + exchange.getRequestHeaders().getFirst("Host"));
            if (path.equals("/moved")) {
              exchange.getResponseHeaders().add("Location", "/feed");
              exchange.sendResponseHeaders(302, -1);
            } else {
              exchange.sendResponseHeaders(200, 4);
              exchange.getResponseBody().write("feed".getBytes(StandardCharsets.US_ASCII));
            }
          }
        });
    server.start();
    servers.add(server);
    return server;
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
    if (names != null) {
      names.close();
    }
  }

  private Fetcher fetcher(String... answers) throws IOException {
    names = new NameServer(answers);
    InetAddress open = InetAddress.getByName("127.0.0.1");
    return Fetcher.keepingFrom(
        folder.resolve("kept"),
        host -> PublicAddresses.checked(host, names.resolve(host), open::equals),
        LIMITS);
  }

  private URI address(String path) {
    return URI.create("http://" + NAME + ":" + servers.getFirst().getAddress().getPort() + path);
  }

  @Test
  void theAddressThatWasCheckedIsConnectedTo() throws IOException {
    try (Fetcher fetcher = fetcher("127.0.0.1", "127.0.0.2")) {
      assertThat(Files.readString(fetcher.fetch(address("/feed")).file())).isEqualTo("feed");
    }
    assertThat(seen).containsExactly("127.0.0.1/feed for " + address("").getAuthority());
    assertThat(names.asked).as("how often the name was resolved").hasValue(1);
  }

  @Test
  void aRedirectIsLookedAtLikeTheFirstAddress() throws IOException {
    try (Fetcher fetcher = fetcher("127.0.0.1", "127.0.0.2")) {
      assertThatIOException()
          .isThrownBy(() -> fetcher.fetch(address("/moved")))
          .withMessageStartingWith(NAME + " is at the private address 127.0.0.2");
    }
    assertThat(seen).containsExactly("127.0.0.1/moved for " + address("").getAuthority());
  }

  @Test
  void aNameThatLeadsInsideFirstIsRefused() throws IOException {
    try (Fetcher fetcher = fetcher("127.0.0.2", "127.0.0.1")) {
      assertThatIOException()
          .isThrownBy(() -> fetcher.fetch(address("/feed")))
          .withMessageStartingWith(NAME + " is at the private address");
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void theCertificateIsCheckedForTheNameAndNotForTheAddress() throws Exception {
    SSLContext before = SSLContext.getDefault();
    SSLContext.setDefault(context());
    List<String> named = new CopyOnWriteArrayList<>();
    try (SSLServerSocket server =
        (SSLServerSocket)
            SSLContext.getDefault()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      Thread.ofPlatform().daemon().start(() -> serve(server, named));
      try (Fetcher fetcher = fetcher("127.0.0.1")) {
        String at = ":" + server.getLocalPort() + "/feed";
        Fetcher.Fetched fetched = fetcher.fetch(URI.create("https://" + NAME + at));
        assertThat(Files.readString(fetched.file())).isEqualTo("safe");
        assertThat(named).containsExactly(NAME);
        assertThatIOException()
            .as("a certificate of another name")
            .isThrownBy(() -> fetcher.fetch(URI.create("https://other.example" + at)))
            .withMessageContaining("other.example");
      }
    } finally {
      SSLContext.setDefault(before);
    }
  }

  private static void serve(SSLServerSocket server, List<String> named) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0 && head.indexOf("\r\n\r\n") < 0; ) {
          head.append((char) c);
          c = head.indexOf("\r\n\r\n") < 0 ? in.read() : c;
        }
        ((ExtendedSSLSession) ((SSLSocket) socket).getSession())
            .getRequestedServerNames()
            .forEach(name -> named.add(new String(name.getEncoded(), StandardCharsets.US_ASCII)));
        socket
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nsa\r\n2\r\nfe\r\n0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // A client that does not trust the certificate hangs up; the next may.
        continue;
      }
    }
  }

  /** Trusts, and has, a certificate for the name alone. */
  private SSLContext context() throws Exception {
    Path keys = folder.resolve("keys.p12");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                keys.toString(),
                "-storepass",
                "changeit",
                "-alias",
                "feeds",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + NAME,
                "-ext",
                "san=dns:" + NAME)
            .redirectErrorStream(true)
            .start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("feeds", store.getCertificate("feeds"));
    KeyManagerFactory owned =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    owned.init(store, "changeit".toCharArray());
    TrustManagerFactory believed =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    believed.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(owned.getKeyManagers(), believed.getTrustManagers(), null);
    return context;
  }
}
