SELECT substr(進達年月日, 1, 7) AS 進達月, count(*) AS "旧.結果件数", sum(処理結果 = '00') AS 反映, sum(処理結果 = '20') AS 不一致,
  sum(処理結果 = '10') AS 返戻
FROM 国民年金_届書, 対象 WHERE 処理結果 <> '' AND 処理結果年月日 <= 日 GROUP BY 1 ORDER BY 1
