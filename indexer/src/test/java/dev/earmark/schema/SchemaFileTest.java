package dev.earmark.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The schema is committed as {@code schema.json}, so that a changed field is a diff to review. */
class SchemaFileTest {
  private static final Path FILE = Path.of("schema.json");

  @Test
  void theCommittedSchemaIsTheOneInTheCode() throws IOException {
    List<Map<String, Object>> fields = new ArrayList<>();
    for (Field field : Schema.FIELDS) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", field.name());
      row.put("type", field.type().name());
      row.put("facet", field.facet());
      row.put("stored", field.stored());
      row.put("label", field.label());
      row.put("meaning", field.meaning());
      fields.add(row);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("version", Schema.VERSION);
    schema.put("fields", fields);
    String actual =
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(schema)
            + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, actual);
    }
    assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
        .as(
            "schema.json is stale. If the change is meant, raise Schema.VERSION where older indexes"
                + " can no longer be read, run with -Dgolden.update=true, and commit it.")
        .isEqualTo(actual);
  }

  @Test
  void namesAreUnique() {
    assertThat(Schema.FIELDS).extracting(Field::name).doesNotHaveDuplicates();
  }
}
