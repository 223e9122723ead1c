package cn.ganye.server.people.internal;

import cn.ganye.pool.PersonRegister;
import cn.ganye.pool.identity.Vault;
import cn.ganye.pool.snapshot.Manifest;
import cn.ganye.pool.snapshot.PoolFolder;
import cn.ganye.server.storage.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Everybody's name, sealed number and four places, found by reference or by name. It is made from
 * the vault and counts as vault: it lies there, its owner alone may open it, and only {@link
 * PersonGate} reads it.
 */
final class PersonIndex implements AutoCloseable {
  /** Changes when the fields do: an index of another kind is made anew. */
  private static final String FORMAT = "-3";

  private static final String REF = "ref";
  private static final String PERSON = "person";
  private static final String NAME = "name";
  private static final String PINYIN = "pinyin";
  private static final String INITIALS = "initials";

  /** The first letter, and the first two, of readings and initials: as short as many ask. */
  private static final String BEGINS = "begins";

  private static final int SHORT = 2;
  private static final String PLACE = "place";
  private static final String BIRTH = "birth";
  private static final String HOUSEHOLD = "household";
  private static final int[] LEVELS = {2, 4, 6, 9, 12};
  private static final double WRITER_MEGABYTES = 128;

  /**
   * A person of the index.
   *
   * @param person the pool's own key, for the gate of the marts; never sent out
   * @param sealedNumber the resident ID as the vault seals it
   */
  record Found(
      long person,
      UUID ref,
      String name,
      byte[] sealedNumber,
      int birthMonth,
      String sex,
      String hukou,
      String residence,
      String insured,
      String work,
      String education,
      @Nullable String household,
      String relation,
      int lastMonth) {}

  /**
   * A page of a search.
   *
   * @param next the place after which the next page begins; null if this is the last
   */
  record Page(List<Found> people, @Nullable Integer next) {}

  /** A use of the index, which is closed when it is replaced and nobody uses it any more. */
  record Lease(PersonIndex index) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      index.reader.decRef();
    }
  }

  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  private PersonIndex(DirectoryReader reader) {
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
  }

  Lease lease() {
    reader.incRef();
    return new Lease(this);
  }

  /** By snapshot, by the form of the index, and by the key that seals what it holds. */
  private static Path folder(Path pool, String snapshot) throws IOException {
    Path vault = new PoolFolder(pool).vault();
    return vault
        .resolve("names")
        .resolve(snapshot.substring(0, 16) + FORMAT + "-key-" + Vault.open(vault).keyNumber());
  }

  /** Opens that of a snapshot, making it first if it is missing. */
  static PersonIndex open(Path pool, Manifest manifest) throws IOException {
    make(pool, manifest);
    return at(folder(pool, manifest.snapshot()));
  }

  /** Makes that of a snapshot, aside and moved into place whole; those of others go. */
  static void make(Path pool, Manifest manifest) throws IOException {
    Path target = folder(pool, manifest.snapshot());
    if (Files.isDirectory(target)) {
      return;
    }
    Path parent = new PoolFolder(pool).vault().resolve("names");
    Vault.makePrivate(parent);
    Path part = parent.resolve(target.getFileName() + ".part-" + ProcessHandle.current().pid());
    FileSystemUtils.deleteRecursively(part);
    Vault.makePrivate(part);
    Vault vault = Vault.open(new PoolFolder(pool).vault());
    write(part, vault, reader -> PersonRegister.read(pool, manifest, reader));
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    try (Stream<Path> others = Files.list(parent)) {
      for (Path other : others.filter(o -> !o.equals(target)).toList()) {
        FileSystemUtils.deleteRecursively(other);
      }
    }
  }

  /** Where people come from. */
  @FunctionalInterface
  interface People {
    void read(PersonRegister.Reader reader) throws IOException;
  }

  /** Writes the index of some people into an empty folder. */
  static void write(Path folder, Vault vault, People people) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig().setRAMBufferSizeMB(WRITER_MEGABYTES);
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config)) {
      people.read(entry -> writer.addDocument(document(entry, vault)));
      writer.forceMerge(1);
      writer.commit();
    }
  }

  /** Opens one that lies in a folder. */
  static PersonIndex at(Path folder) throws IOException {
    return new PersonIndex(DirectoryReader.open(FSDirectory.open(folder)));
  }

  private static Document document(PersonRegister.Entry person, Vault vault) {
    Document document = new Document();
    document.add(new StringField(REF, person.ref().toString(), Field.Store.YES));
    document.add(new StringField(PERSON, Long.toString(person.person()), Field.Store.YES));
    byte[] number = person.number().getBytes(StandardCharsets.US_ASCII);
    document.add(new StoredField("number", vault.encrypt(number, 0, number.length)));
    document.add(new StoredField("called", person.name()));
    document.add(new StoredField("birthMonth", person.birthMonth()));
    store(document, "sex", person.sex());
    store(document, "hukou", person.hukou());
    store(document, "residence", person.residence());
    store(document, "insured", person.insured());
    store(document, "work", person.work());
    store(document, "education", person.education());
    store(document, "relation", person.relation());
    document.add(new StoredField("lastMonth", person.lastMonth()));
    document.add(
        new StringField(BIRTH, Integer.toString(person.birthMonth() / 100), Field.Store.NO));
    Long household = person.household();
    if (household != null) {
      document.add(new StringField(HOUSEHOLD, household.toString(), Field.Store.YES));
    }
    for (String place : places(person)) {
      document.add(new StringField(PLACE, place, Field.Store.NO));
    }
    spell(document, person.name());
    return document;
  }

  private static void store(Document document, String field, @Nullable String value) {
    document.add(new StoredField(field, value == null ? "" : value));
  }

  /** The regions, at every level, that one of the person's four places lies in. */
  private static Set<String> places(PersonRegister.Entry person) {
    Set<String> places = new LinkedHashSet<>();
    for (String place :
        List.of(person.hukou(), person.residence(), person.insured(), person.work())) {
      if (!place.equals("000000") && !place.equals("999999")) {
        for (int digits : LEVELS) {
          if (digits <= place.length()) {
            places.add(place.substring(0, digits));
          }
        }
      }
    }
    return places;
  }

  /** By characters from any of them on; by syllables and initials from the first and the second. */
  private static void spell(Document document, String name) {
    for (int at = 0; at < name.length(); at = name.offsetByCodePoints(at, 1)) {
      document.add(new StringField(NAME, name.substring(at), Field.Store.NO));
    }
    Set<String> begins = new LinkedHashSet<>();
    List<String> syllables = Pinyin.syllables(name);
    for (int from = 0; from < Math.min(2, syllables.size()); from++) {
      List<String> rest = syllables.subList(from, syllables.size());
      String reading = String.join("", rest);
      document.add(new StringField(PINYIN, reading, Field.Store.NO));
      StringBuilder initials = new StringBuilder();
      rest.stream().filter(s -> !s.isEmpty()).forEach(s -> initials.append(s.charAt(0)));
      document.add(new StringField(INITIALS, initials.toString(), Field.Store.NO));
      for (int length = 1; length <= SHORT; length++) {
        begins.add(reading.substring(0, Math.min(length, reading.length())));
        begins.add(initials.substring(0, Math.min(length, initials.length())));
      }
    }
    begins.stream()
        .filter(text -> !text.isEmpty())
        .forEach(text -> document.add(new StringField(BEGINS, text, Field.Store.NO)));
  }

  /** The person of a reference who has a place in the scope. */
  Optional<Found> inScope(Scope scope, UUID ref) throws IOException {
    return one(new BooleanQuery.Builder().add(by(REF, ref.toString()), must()), scope);
  }

  /** The person of a key who has a place in the scope. */
  Optional<Found> ofKey(Scope scope, long person) throws IOException {
    return one(new BooleanQuery.Builder().add(by(PERSON, Long.toString(person)), must()), scope);
  }

  /** The person of a reference, wherever: for somebody who stands at the window. */
  Optional<Found> anywhere(UUID ref) throws IOException {
    return one(new BooleanQuery.Builder().add(by(REF, ref.toString()), must()), null);
  }

  private Optional<Found> one(BooleanQuery.Builder query, @Nullable Scope scope)
      throws IOException {
    if (scope != null) {
      query.add(by(PLACE, scope.region()), must());
    }
    TopDocs found = searcher.search(query.build(), 1);
    return found.scoreDocs.length == 0
        ? Optional.empty()
        : Optional.of(read(found.scoreDocs[0].doc));
  }

  /**
   * People of the scope whose name begins with some characters, or has them further on, or is read
   * so, in full or by initials.
   *
   * @param birthYear 0 for any
   * @param after place of the last page's end; −1 for the first page
   */
  Page byName(Scope scope, String text, int birthYear, int after, int count) throws IOException {
    String plain = text.toLowerCase(Locale.ROOT).replace(" ", "").replace("'", "");
    BooleanQuery.Builder called = new BooleanQuery.Builder();
    if (plain.matches("[a-z]{1," + SHORT + "}")) {
      called.add(by(BEGINS, plain), BooleanClause.Occur.SHOULD);
    } else if (plain.matches("[a-z]+")) {
      called.add(new PrefixQuery(new Term(INITIALS, plain)), BooleanClause.Occur.SHOULD);
      called.add(new PrefixQuery(new Term(PINYIN, plain)), BooleanClause.Occur.SHOULD);
    } else {
      called.add(new PrefixQuery(new Term(NAME, text.strip())), BooleanClause.Occur.SHOULD);
    }
    return page(scope, called.build(), birthYear, after, count);
  }

  /** Members of a household who have a place in the scope. */
  Page household(Scope scope, String household) throws IOException {
    return page(scope, by(HOUSEHOLD, household), 0, -1, 30);
  }

  private Page page(Scope scope, Query wanted, int birthYear, int after, int count)
      throws IOException {
    BooleanQuery.Builder query =
        new BooleanQuery.Builder().add(wanted, must()).add(by(PLACE, scope.region()), must());
    if (birthYear > 0) {
      query.add(by(BIRTH, Integer.toString(birthYear)), must());
    }
    ScoreDoc from = after < 0 ? null : new ScoreDoc(after, 0);
    TopDocs found = searcher.searchAfter(from, query.build(), count + 1);
    List<Found> people = new ArrayList<>();
    int last = -1;
    for (ScoreDoc hit : found.scoreDocs) {
      if (people.size() == count) {
        return new Page(people, last);
      }
      people.add(read(hit.doc));
      last = hit.doc;
    }
    return new Page(people, null);
  }

  private static Query by(String field, String value) {
    return new TermQuery(new Term(field, value));
  }

  /** Filters: they score nothing, so that the order is that of the index. */
  private static BooleanClause.Occur must() {
    return BooleanClause.Occur.FILTER;
  }

  private Found read(int place) throws IOException {
    Document document = searcher.storedFields().document(place);
    return new Found(
        Long.parseLong(document.get(PERSON)),
        UUID.fromString(document.get(REF)),
        document.get("called"),
        java.util.Arrays.copyOfRange(
            document.getBinaryValue("number").bytes,
            document.getBinaryValue("number").offset,
            document.getBinaryValue("number").offset + document.getBinaryValue("number").length),
        document.getField("birthMonth").numericValue().intValue(),
        document.get("sex"),
        document.get("hukou"),
        document.get("residence"),
        document.get("insured"),
        document.get("work"),
        document.get("education"),
        document.get(HOUSEHOLD),
        document.get("relation"),
        document.getField("lastMonth").numericValue().intValue());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
