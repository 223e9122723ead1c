package cn.ganye.pool.identity;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Persons and enterprises by their dense keys. Keys once given stay; each build that meets new ones
 * adds a sealed segment.
 */
public final class Identities {
  private final PersonKeys persons = new PersonKeys();
  private final EnterpriseKeys enterprises = new EnterpriseKeys();
  private int savedPersons;
  private int savedEnterprises;

  /** Reads the segments of earlier builds, in their order. */
  public static Identities load(Vault vault, List<Path> segments) throws IOException {
    Identities identities = new Identities();
    for (Path segment : segments) {
      SealedFile.read(
          vault,
          segment,
          (entries, length) -> {
            while (entries.available() > 0) {
              if (entries.readByte() == 'p') {
                identities.persons.key(entries.readLong());
              } else {
                byte[] number = entries.readNBytes(entries.readUnsignedShort());
                identities.enterprises.key(number, 0, number.length);
              }
            }
          });
    }
    identities.savedPersons = identities.persons.count();
    identities.savedEnterprises = identities.enterprises.count();
    return identities;
  }

  /** Keys of persons. */
  public PersonKeys persons() {
    return persons;
  }

  /** Keys of enterprises. */
  public EnterpriseKeys enterprises() {
    return enterprises;
  }

  /** Writes the keys given since the last segment. */
  public void save(Vault vault, Path segment) throws IOException {
    try (SealedFile.Writer writer = new SealedFile.Writer(vault, segment)) {
      for (int key = savedPersons + 1; key <= persons.count(); key++) {
        DataOutputStream entry = writer.entry();
        entry.writeByte('p');
        entry.writeLong(persons.id(key));
        writer.entryDone();
      }
      for (int key = savedEnterprises + 1; key <= enterprises.count(); key++) {
        byte[] number = enterprises.number(key);
        DataOutputStream entry = writer.entry();
        entry.writeByte('e');
        entry.writeShort(number.length);
        entry.write(number);
        writer.entryDone();
      }
    }
    savedPersons = persons.count();
    savedEnterprises = enterprises.count();
  }

  /** Whether keys were given since the last segment. */
  public boolean grown() {
    return persons.count() > savedPersons || enterprises.count() > savedEnterprises;
  }
}
