SELECT 共有区分, count(*) AS 組数, count(構成員) - count(DISTINCT 構成員) AS "新.重複組数"
FROM (
  SELECT 共有区分, (
      SELECT group_concat(番号, ' ')
      FROM (
        SELECT 共有者_宛名番号 AS 番号 FROM 固定資産税_共有者 AS 共有者
        WHERE 共有者.課税年度 = 賦課.課税年度 AND 共有者.相当年度 = 賦課.相当年度 AND 共有代表_宛名番号 = 賦課.義務者宛名番号 ORDER BY 1)) AS 構成員
  FROM 固定資産税_賦課 AS 賦課 WHERE 課税年度 = (SELECT 年度 FROM 年度) AND 最新フラグ = '1')
GROUP BY 1 ORDER BY 1
