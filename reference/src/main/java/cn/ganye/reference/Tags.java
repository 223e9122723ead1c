package cn.ganye.reference;

import java.util.List;

/**
 * Names that plans give to regions and industries: 革命老区, 2+6+N. Grade M until the province confirms
 * them.
 */
public final class Tags {
  /** One tagged code; kind is region or industry. */
  public record Tag(String tag, String kind, String code, String name, String grade) {}

  private static final List<Tag> ALL =
      Tables.read("tags.csv").stream().map(r -> new Tag(r[0], r[1], r[2], r[3], r[4])).toList();

  private Tags() {}

  /** Every tagged code. */
  public static List<Tag> all() {
    return ALL;
  }

  /** The codes that carry a tag. */
  public static List<String> codes(String tag) {
    return ALL.stream().filter(t -> t.tag().equals(tag)).map(Tag::code).toList();
  }
}
