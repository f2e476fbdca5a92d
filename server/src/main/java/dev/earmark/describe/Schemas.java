package dev.earmark.describe;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of records, as they are written in JSON.
 *
 * <p>Which fields there are and what they are called is what the mapper itself says, so that the
 * description cannot differ from the answer. A component may be null if its type is {@link
 * Nullable}; it is left out rather than null where the mapper is told so. Not thread-safe.
 */
final class Schemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String PLACE = "#/components/schemas/";

  private final ObjectMapper mapper;
  private final Map<String, String> descriptions;
  private final Map<String, ObjectNode> written = new TreeMap<>();
  private final Map<String, Class<?>> names = new HashMap<>();

  /**
   * Schemas of what a mapper writes.
   *
   * @param descriptions what fields mean whose records cannot say so, by {@code Schema.field}
   */
  Schemas(ObjectMapper mapper, Map<String, String> descriptions) {
    this.mapper = mapper;
    this.descriptions = descriptions;
  }

  /** All that were referred to, by name. */
  Map<String, ObjectNode> all() {
    return written;
  }

  /** A reference to the schema of a record. */
  ObjectNode reference(Class<?> type) {
    String name = type.getSimpleName().replaceFirst("Part$", "");
    Class<?> other = names.putIfAbsent(name, type);
    if (other != null && other != type) {
      throw new IllegalStateException(
          type + " and " + other + " would both be called " + name + "; rename one");
    }
    if (other == null) {
      written.put(name, record(name, type));
    }
    return NODES.objectNode().put("$ref", PLACE + name);
  }

  private ObjectNode record(String name, Class<?> type) {
    ObjectNode schema = NODES.objectNode().put("type", "object");
    String meaning = descriptions.get(name);
    if (meaning != null) {
      schema.put("description", meaning);
    }
    ArrayNode required = NODES.arrayNode();
    ObjectNode properties = NODES.objectNode();
    JavaType javaType = mapper.constructType(type);
    var bean = mapper.getSerializationConfig().introspect(javaType);
    var whole = bean.findPropertyInclusion(JsonInclude.Value.empty()).getValueInclusion();
    for (BeanPropertyDefinition property : bean.findProperties()) {
      if (property.getAccessor() == null) {
        continue;
      }
      RecordComponent component = component(type, property.getInternalName());
      JsonInclude.Include own = property.findInclusion().getValueInclusion();
      boolean leftOut =
          (own == JsonInclude.Include.USE_DEFAULTS ? whole : own) == JsonInclude.Include.NON_NULL;
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      ObjectNode field = value(component);
      if (nullable && !leftOut) {
        field = orNull(field);
      }
      String text = property.getMetadata().getDescription();
      if (text == null) {
        text = descriptions.get(name + "." + property.getName());
      }
      if (text != null) {
        field.put("description", text);
      }
      properties.set(property.getName(), field);
      if (!nullable || !leftOut) {
        required.add(property.getName());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.set("properties", properties);
    return schema;
  }

  private static RecordComponent component(Class<?> type, String name) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getName().equals(name)) {
        return component;
      }
    }
    throw new IllegalStateException(
        type + " writes " + name + ", which is none of its components; mark it @JsonIgnore");
  }

  private ObjectNode value(RecordComponent component) {
    OneOf oneOf = component.getAnnotation(OneOf.class);
    if (oneOf == null) {
      return value(component.getAnnotatedType());
    }
    ObjectNode schema = NODES.objectNode().put("type", "string");
    ArrayNode values = schema.putArray("enum");
    for (Enum<?> constant : oneOf.value().getEnumConstants()) {
      values.add(id(constant));
    }
    return schema;
  }

  private static String id(Enum<?> constant) {
    try {
      return (String) constant.getDeclaringClass().getMethod("id").invoke(constant);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(constant.getDeclaringClass() + " has no id()", e);
    }
  }

  private ObjectNode value(AnnotatedType annotated) {
    JavaType type = mapper.constructType(annotated.getType());
    ObjectNode schema = NODES.objectNode();
    if (type.isMapLikeType()) {
      schema.put("type", "object");
      schema.set("additionalProperties", argument(annotated, 1));
      return schema;
    }
    if (type.isCollectionLikeType()) {
      schema.put("type", "array");
      schema.set("items", argument(annotated, 0));
      return schema;
    }
    Class<?> raw = type.getRawClass();
    JsonFormat format = raw.getAnnotation(JsonFormat.class);
    if (format != null && format.shape() == JsonFormat.Shape.ARRAY) {
      int length = raw.getRecordComponents().length;
      schema.put("type", "array");
      schema.set("items", value(raw.getRecordComponents()[0]));
      return schema.put("minItems", length).put("maxItems", length);
    }
    if (raw.isEnum()) {
      ArrayNode values = schema.put("type", "string").putArray("enum");
      for (Object constant : raw.getEnumConstants()) {
        values.add(mapper.<JsonNode>valueToTree(constant));
      }
      return schema;
    }
    return switch (raw.getName()) {
      case "java.lang.String" -> schema.put("type", "string");
      case "int", "java.lang.Integer" -> schema.put("type", "integer").put("format", "int32");
      case "long", "java.lang.Long" -> schema.put("type", "integer").put("format", "int64");
      case "double", "java.lang.Double" -> schema.put("type", "number");
      case "boolean", "java.lang.Boolean" -> schema.put("type", "boolean");
      case "java.time.LocalDate" -> schema.put("type", "string").put("format", "date");
      case "java.time.Instant" -> schema.put("type", "string").put("format", "date-time");
      default -> {
        if (!raw.isRecord()) {
          throw new IllegalStateException("no schema is known of " + type + "; use a record");
        }
        yield reference(raw);
      }
    };
  }

  private ObjectNode argument(AnnotatedType annotated, int index) {
    AnnotatedType argument =
        ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[index];
    ObjectNode schema = value(argument);
    return argument.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (schema.has("$ref")) {
      ObjectNode either = NODES.objectNode();
      either.putArray("anyOf").add(schema).addObject().put("type", "null");
      return either;
    }
    if (schema.path("enum") instanceof ArrayNode values) {
      values.addNull();
    }
    String type = schema.path("type").asText();
    schema.putArray("type").add(type).add("null");
    return schema;
  }
}
