package dev.earmark.bench;

import dev.earmark.model.Cue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** SQLite's FTS5 with a row a caption: what the common tools do. A connection for each thread. */
final class SqliteCaptions implements Contender {
  private final Path file;
  private final Queue<Session> idle = new ConcurrentLinkedQueue<>();

  private SqliteCaptions(Path file) {
    this.file = file;
  }

  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  /** Writes the captions of episodes in one transaction. */
  static Filling fill(Path file) throws IOException {
    try {
      Connection connection = connect(file);
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE VIRTUAL TABLE captions"
                + " USING fts5(text, episode UNINDEXED, speaker UNINDEXED, start UNINDEXED)");
      }
      connection.setAutoCommit(false);
      return new Writing(
          connection, connection.prepareStatement("INSERT INTO captions VALUES (?, ?, ?, ?)"));
    } catch (SQLException e) {
      throw new IOException("SQLite could not make " + file, e);
    }
  }

  private record Writing(Connection connection, PreparedStatement insert) implements Filling {
    @Override
    public void add(Batch batch) throws IOException {
      try {
        for (Map.Entry<String, List<Cue>> episode : batch.captions().entrySet()) {
          for (Cue cue : episode.getValue()) {
            insert.setString(1, cue.text());
            insert.setString(2, episode.getKey());
            insert.setString(3, cue.speaker());
            insert.setLong(4, cue.span().startMs());
            insert.addBatch();
          }
          insert.executeBatch();
        }
      } catch (SQLException e) {
        throw new IOException("SQLite could not index", e);
      }
    }

    @Override
    public void commit() throws IOException {
      try {
        connection.commit();
      } catch (SQLException e) {
        throw new IOException("SQLite could not commit", e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        insert.close();
        connection.close();
      } catch (SQLException e) {
        throw new IOException("SQLite could not be closed", e);
      }
    }
  }

  static SqliteCaptions open(Path file) throws IOException {
    SqliteCaptions captions = new SqliteCaptions(file);
    captions.idle.add(Session.open(file));
    return captions;
  }

  @Override
  public long search(Ask ask) throws IOException {
    Session free = idle.poll();
    Session session = free == null ? Session.open(file) : free;
    try {
      return session.search(ask);
    } catch (SQLException e) {
      throw new IOException("SQLite could not search for " + ask.words(), e);
    } finally {
      idle.add(session);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      for (Session session = idle.poll(); session != null; session = idle.poll()) {
        session.connection.close();
      }
    } catch (SQLException e) {
      throw new IOException("SQLite could not be closed", e);
    }
  }

  /** A connection with its statements. Not thread-safe. */
  private static final class Session {
    private final Connection connection;
    private final Map<Ask.Kind, PreparedStatement> best = new EnumMap<>(Ask.Kind.class);
    private final Map<Ask.Kind, PreparedStatement> count = new EnumMap<>(Ask.Kind.class);

    private Session(Connection connection) throws SQLException {
      this.connection = connection;
      for (Ask.Kind kind : Ask.Kind.values()) {
        String where =
            switch (kind) {
              case PHRASE_IN_EPISODE -> " FROM captions WHERE captions MATCH ? AND episode = ? ";
              case PHRASE_OF_SPEAKER -> " FROM captions WHERE captions MATCH ? AND speaker = ? ";
              default -> " FROM captions WHERE captions MATCH ? ";
            };
        best.put(
            kind,
            connection.prepareStatement(
                "SELECT start, snippet(captions, 0, '', '', '…', 20)"
                    + where
                    + "ORDER BY rank LIMIT 20"));
        count.put(kind, connection.prepareStatement("SELECT count(*)" + where));
      }
    }

    static Session open(Path file) throws IOException {
      try {
        return new Session(connect(file));
      } catch (SQLException e) {
        throw new IOException("SQLite could not open " + file, e);
      }
    }

    long search(Ask ask) throws SQLException {
      try (ResultSet rows = run(ask, best)) {
        while (rows.next()) {
          rows.getString(2);
        }
      }
      try (ResultSet rows = run(ask, count)) {
        rows.next();
        return rows.getLong(1);
      }
    }

    private static ResultSet run(Ask ask, Map<Ask.Kind, PreparedStatement> of) throws SQLException {
      PreparedStatement statement = of.get(ask.kind());
      if (statement == null) {
        throw new IllegalStateException("every kind has a statement");
      }
      statement.setString(1, words(ask));
      if (ask.episode() != null || ask.speaker() != null) {
        statement.setString(2, ask.episode() != null ? ask.episode() : ask.speaker());
      }
      return statement.executeQuery();
    }

    private static String words(Ask ask) {
      if (ask.kind().phrase) {
        return '"' + String.join(" ", ask.words()) + '"';
      }
      return ask.words().stream()
          .map(word -> '"' + word + '"')
          .collect(Collectors.joining(ask.kind() == Ask.Kind.ANY_OF_FOUR ? " OR " : " "));
    }
  }
}
