SELECT 決算月, 登録法人数 AS "旧.登録法人数", 登録法人数 AS "新.作成件数"
FROM (
  SELECT substr(決算月日, 1, 2) AS 決算月, count(*) AS 登録法人数 FROM 法人市民税_法人, 対象
  WHERE 最新フラグ = '1' AND 削除フラグ = '0' AND (廃止年月日 = '0000-00-00' OR 廃止年月日 > 日) GROUP BY 1)
ORDER BY 1
