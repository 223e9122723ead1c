package cn.ganye.server.people;

import java.util.List;

/** The people behind a figure, for those who may see them. */
public interface CellPeople {
  /**
   * Those of some people who have a place in the region of the account of the request, masked. That
   * they were listed, of which figure and why is audited.
   *
   * @param persons the pool's own keys
   * @param figure which figure, without anything personal
   * @param reason four to two hundred characters
   */
  List<PersonLine> list(List<Long> persons, String figure, String reason);
}
