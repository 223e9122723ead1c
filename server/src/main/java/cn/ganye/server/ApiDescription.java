package cn.ganye.server;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the published description of the API says of records: each part of one is there, and null
 * where it is marked so.
 */
@Component
class ApiDescription implements ModelConverter {
  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    Schema<?> resolved = chain.next().resolve(type, context, chain);
    JavaType java = Json.mapper().constructType(type.getType());
    if (resolved == null || java == null || !java.getRawClass().isRecord()) {
      return resolved;
    }
    String reference = resolved.get$ref();
    Schema<?> described =
        reference == null
            ? resolved
            : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
    if (described != null && described.getProperties() != null) {
      mark(described, java.getRawClass());
    }
    return resolved;
  }

  private static void mark(Schema<?> described, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      Map<String, Schema> properties = described.getProperties();
      Schema<?> property = properties.get(component.getName());
      if (property == null) {
        continue;
      }
      described.addRequiredItem(component.getName());
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      Set<String> types = property.getTypes();
      if (nullable && types != null) {
        Set<String> withNull = new LinkedHashSet<>(types);
        withNull.add("null");
        property.setTypes(withNull);
      }
    }
  }
}
